import java.io.FileInputStream;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.Security;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A server of Java's own TLS that sends back what it gets: PORT PKCS12 TRUSTED-PKCS12 PROTOCOL SUITE|any want|none. */
public class TlsEcho {
  public static void main(String[] args) throws Exception {
    Security.setProperty("jdk.tls.disabledAlgorithms", "");
    Security.setProperty("jdk.certpath.disabledAlgorithms", "");
    Security.setProperty("jdk.tls.legacyAlgorithms", "");
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store(args[1]), "secret".toCharArray());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store(args[2]));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory()
        .createServerSocket(Integer.parseInt(args[0]), 5, InetAddress.getByName("127.0.0.1"));
    server.setEnabledProtocols(new String[] {args[3]});
    if (!args[4].equals("any")) server.setEnabledCipherSuites(new String[] {args[4]});
    server.setNeedClientAuth(args[5].equals("want"));
    while (true) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        socket.getInputStream().transferTo(socket.getOutputStream());
      } catch (java.io.IOException ignored) {
        // The next one may do better.
      }
    }
  }

  private static KeyStore store(String path) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (FileInputStream in = new FileInputStream(path)) {
      store.load(in, "secret".toCharArray());
    }
    return store;
  }
}
