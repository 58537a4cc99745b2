// A Verification SCP made with dcmjs-dimse: node dcmjs_scp.cjs MODULES PORT [STATUS]
const [modules, port, status = "0"] = process.argv.slice(2);
const dimse = require(require.resolve("dcmjs-dimse", { paths: [modules] }));
const { PresentationContextResult: Result, SopClass, TransferSyntax } = dimse.constants;
const spoken = [TransferSyntax.ImplicitVRLittleEndian, TransferSyntax.ExplicitVRLittleEndian];

class EchoScp extends dimse.Scp {
  associationRequested(association) {
    for (const { id } of association.getPresentationContexts()) {
      const context = association.getPresentationContext(id);
      const syntax = context.getTransferSyntaxUids().find((uid) => spoken.includes(uid));
      if (context.getAbstractSyntaxUid() !== SopClass.Verification) {
        context.setResult(Result.RejectAbstractSyntaxNotSupported);
      } else if (syntax === undefined) {
        context.setResult(Result.RejectTransferSyntaxesNotSupported);
      } else {
        context.setResult(Result.Accept, syntax);
      }
    }
    this.sendAssociationAccept();
  }

  cEchoRequest(request, callback) {
    const response = dimse.responses.CEchoResponse.fromRequest(request);
    response.setStatus(Number(status));
    callback(response);
  }

  associationReleaseRequested() {
    this.sendAssociationReleaseResponse();
  }
}

new dimse.Server(EchoScp).listen(Number(port));
