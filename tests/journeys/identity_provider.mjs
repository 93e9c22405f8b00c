// An identity provider for the journeys: npm samlp behind a form with a name, on a port of its own.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { X509Certificate } from "node:crypto";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
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
const binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const { default: SessionParticipants } = await import(pathToFileURL(
  createRequire(new URL("../../reader/package.json", import.meta.url)).resolve("samlp/lib/sessionParticipants")));
const participants = [];
const states = new Map();
const store = { // of transactions: this provider has one visitor
  save(_, data, done) { const id = String(states.size + 1); states.set(id, data); done(null, id); },
  load(_, id, options, done) { (done ?? options)(null, states.get(id)); },
  update(_, id, data, done) { states.set(id, data); done(null); },
};
/** What our metadata says of the house that asks: it is signed for, encrypted for, and signed out. */
async function house(entity) {
  const metadata = await (await fetch(entity)).text();
  const of = (use) => new RegExp(`use="${use}"[^]*?X509Certificate>([^<]+)<`).exec(metadata)[1].replace(/\s/g, "");
  const pem = (use) => `-----BEGIN CERTIFICATE-----\n${of(use).match(/.{1,64}/g).join("\n")}\n-----END CERTIFICATE-----\n`;
  const out = /SingleLogoutService[^>]*Location="([^"]+)"/.exec(metadata)[1];
  return { signing: pem("signing"), encryption: pem("encryption"), out };
}
/** Answers the request that came; whom it is for stands in it, packed. */
async function answer(request, response, failed) {
  const asked = inflateRawSync(Buffer.from(request.query.SAMLRequest, "base64")).toString();
  const address = /AssertionConsumerServiceURL="([^"]+)"/.exec(asked)[1];
  const entity = /Issuer[^>]*>([^<]+)</.exec(asked)[1];
  const known = await house(entity);
  const encryptionCert = known.encryption;
  const encryptionPublicKey = new X509Certificate(encryptionCert).publicKey.export({ type: "spki", format: "pem" });
  const sessionIndex = `_s${participants.length}`;
  participants.push({ serviceProviderId: entity, sessionIndex, nameId: request.user.id, cert: known.signing, binding,
                      serviceProviderLogoutURL: known.out,
                      nameIdFormat: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified" });
  const getPostURL = (_audience, _request, _query, callback) => callback(null, address);
  samlp.auth({ issuer, cert, key, getPostURL, destination: address, recipient: address, sessionIndex,
               encryptionCert, encryptionPublicKey })(request, response, failed);
}
/** Signs out: of the house where somebody begins here, and here where somebody begins there. */
function leave(request, response, failed) {
  const sessionParticipants = new SessionParticipants(participants);
  samlp.logout({ issuer, cert, key, deflate: true, protocolBinding: binding, sessionParticipants, store })(
    request, response, failed);
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
  response.send = (text) => response.end(String(text));
  response.status = (code) => Object.assign(response, { statusCode: code });
  response.redirect = (to) => response.writeHead(302, { Location: to }).end();
  request.session = {};
  const failed = (error) => response.writeHead(500).end(String(error));
  if (address.pathname === "/metadata") return describe(request, response, failed);
  if (address.pathname === "/logout") return leave(request, response, failed);
  request.user = people[request.query.who];
  if (request.user) return answer(request, response, failed).catch(failed);
  const fields = Object.entries(request.query)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${value.replace(/"/g, "&quot;")}">`).join("");
  response.setHeader("Content-Type", "text/html");
  response.end(`<title>University</title><form>${fields}<label>Name <input name="who"></label><button>Go</button></form>`);
});
server.listen(0, "localhost", () => console.log(`http://localhost:${server.address().port}`));
