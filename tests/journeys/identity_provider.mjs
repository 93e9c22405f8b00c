// An identity provider for the journeys: npm samlp behind a form with a name, on a port of its own.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inflateRawSync } from "node:zlib";

const samlp = createRequire(new URL("../../reader/package.json", import.meta.url))("samlp");
const [keyFile, certificateFile] = process.argv.slice(2);
const cert = readFileSync(certificateFile);
const key = readFileSync(keyFile);
const issuer = "urn:university.example";
const people = {
  nora: { id: "u-77", displayName: "Nora North", name: { givenName: "Nora", familyName: "North" },
          emails: [{ value: "nora@university.example" }], groups: ["members"] },
  owen: { id: "u-78", displayName: "Owen", name: { givenName: "Owen", familyName: "East" },
          emails: [{ value: "olga@harbour.example" }], groups: [] },
};
/** Answers the request that came; whom it is for stands in it, packed. */
function answer(request, response, failed) {
  const asked = inflateRawSync(Buffer.from(request.query.SAMLRequest, "base64")).toString();
  const address = /AssertionConsumerServiceURL="([^"]+)"/.exec(asked)[1];
  const getPostURL = (_audience, _request, _query, callback) => callback(null, address);
  samlp.auth({ issuer, cert, key, getPostURL, destination: address, recipient: address })(request, response, failed);
}
const describe = samlp.metadata({ issuer, cert, redirectEndpointPath: "/sso", postEndpointPath: "/sso" });

const server = createServer((request, response) => {
  const address = new URL(request.url, `http://${request.headers.host}`);
  request.originalUrl = request.url;
  request.query = Object.fromEntries(address.searchParams);
  request.body = {};
  request.protocol = "http";
  request.get = (name) => request.headers[name.toLowerCase()];
  response.set = (name, value) => response.setHeader(name, value);
  response.send = (text) => response.end(text);
  response.status = (code) => Object.assign(response, { statusCode: code });
  const failed = (error) => response.writeHead(500).end(String(error));
  if (address.pathname === "/metadata") return describe(request, response, failed);
  request.user = people[request.query.who];
  if (request.user) return answer(request, response, failed);
  const fields = Object.entries(request.query)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${value.replace(/"/g, "&quot;")}">`).join("");
  response.setHeader("Content-Type", "text/html");
  response.end(`<title>University</title><form>${fields}<label>Name <input name="who"></label><button>Go</button></form>`);
});
server.listen(0, "localhost", () => console.log(`http://localhost:${server.address().port}`));
