#!/bin/sh
# Starts Orthanc with TLS in the folder of the test PKI: orthanc_tls.sh PORT MUTUAL
set -eu
pki=$PWD
folder=$pki/orthanc-$1
mkdir -p "$folder"
cat > "$folder/orthanc.json" <<CONFIG
{
  "Name": "peer", "StorageDirectory": "$folder/db", "IndexDirectory": "$folder/db",
  "Plugins": [], "HttpServerEnabled": false, "DicomServerEnabled": true,
  "DicomAet": "ORTHANC", "DicomPort": $1, "DicomAlwaysAllowEcho": true,
  "DicomTlsEnabled": true, "DicomTlsRemoteCertificateRequired": $2,
  "DicomTlsPrivateKey": "$pki/server-good.key", "DicomTlsCertificate": "$pki/server-good.pem",
  "DicomTlsTrustedCertificates": "$pki/ca.pem"
}
CONFIG
for program in Orthanc /usr/sbin/Orthanc; do
  command -v "$program" >/dev/null && exec "$program" "$folder/orthanc.json"
done
exit 3
