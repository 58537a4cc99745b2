// One C-ECHO made with dcmjs-dimse: node dcmjs_scu.cjs MODULES HOST PORT CALLED CALLING
const [modules, host, port, called, calling] = process.argv.slice(2);
const dimse = require(require.resolve("dcmjs-dimse", { paths: [modules] }));
const client = new dimse.Client();
const request = new dimse.requests.CEchoRequest();
process.exitCode = 1;
request.on("response", (response) => {
  console.log("status", response.getStatus());
  process.exitCode = response.getStatus() === 0 ? 0 : 1;
});
client.on("networkError", (error) => console.log("network error", error.message ?? error));
client.on("associationRejected", (result) => console.log("rejected", JSON.stringify(result)));
client.addRequest(request);
client.send(host, Number(port), calling, called, {});
