"""An identity provider of the tests: makes keys, metadata and answers, and can sign anything, right or wrong."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

ENTITY = "https://login.university.example/saml"
SIGN_IN = "https://login.university.example/sso"
NAMESPACES = 'xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion"'
A = "{urn:oasis:names:tc:SAML:2.0:assertion}"
P = "{urn:oasis:names:tc:SAML:2.0:protocol}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"


@dataclass(frozen=True)
class Pair:
    """A key with its certificate, both as PEM."""

    key: bytes
    certificate: bytes

    @property
    def der(self) -> str:
        """The certificate as metadata has it."""
        lines = self.certificate.decode().strip().splitlines()
        return "".join(lines[1:-1])


def pair(name: str = "university") -> Pair:
    """The same key each time it is asked for by this name."""
    return _made(name)


@cache
def _made(name: str) -> Pair:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
    return Pair(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM),
    )


def metadata(*pairs: Pair, entity: str = ENTITY, address: str = SIGN_IN, out: str = "") -> bytes:
    """What describes the identity provider."""
    keys = "".join(
        f'<m:KeyDescriptor use="signing"><d:KeyInfo><d:X509Data><d:X509Certificate>{one.der}</d:X509Certificate>'
        "</d:X509Data></d:KeyInfo></m:KeyDescriptor>"
        for one in pairs or (pair(),)
    )
    return (
        '<m:EntityDescriptor xmlns:m="urn:oasis:names:tc:SAML:2.0:metadata" '
        f'xmlns:d="http://www.w3.org/2000/09/xmldsig#" entityID="{entity}">'
        '<m:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
        f"{keys}{_out(out)}"
        '<m:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" '
        f'Location="{address}"/></m:IDPSSODescriptor></m:EntityDescriptor>'
    ).encode()


def _out(address: str) -> str:
    if not address:
        return ""
    binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
    return f'<m:SingleLogoutService Binding="{binding}" Location="{address}" ResponseLocation="{address}/answers"/>'


@dataclass
class Answer:
    """An answer before it is signed; every part can be made wrong."""

    entity_id: str
    answers: str
    request_id: str = ""
    subject: str = "u-77"
    attributes: dict[str, list[str]] = field(default_factory=lambda: {"mail": ["nora@university.example"]})
    audience: str | None = None
    recipient: str | None = None
    destination: str | None = None
    issuer: str = ENTITY
    age: timedelta = timedelta()
    status: str = "Success"
    assertion_id: str = field(default_factory=lambda: f"_{secrets.token_hex(12)}")

    def tree(self) -> etree._Element:
        """The answer without a signature."""
        now = datetime.now(UTC) - self.age
        start, at, end = (f"{now + timedelta(minutes=step):%Y-%m-%dT%H:%M:%SZ}" for step in (-2, 0, 5))
        asked = f'InResponseTo="{self.request_id}"' if self.request_id else ""
        audience = self.entity_id if self.audience is None else self.audience
        only = f"<a:AudienceRestriction><a:Audience>{audience}</a:Audience></a:AudienceRestriction>" if audience else ""
        recipient = self.answers if self.recipient is None else self.recipient
        destination = self.answers if self.destination is None else self.destination
        statement = "".join(
            f'<a:Attribute Name="{name}">'
            + "".join(f"<a:AttributeValue>{value}</a:AttributeValue>" for value in values)
            + "</a:Attribute>"
            for name, values in self.attributes.items()
        )
        text = f"""<p:Response {NAMESPACES} ID="_r{secrets.token_hex(8)}" Version="2.0" IssueInstant="{at}"
 Destination="{destination}" {asked}><a:Issuer>{self.issuer}</a:Issuer>
<p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:{self.status}"/></p:Status>
<a:Assertion ID="{self.assertion_id}" Version="2.0" IssueInstant="{at}"><a:Issuer>{self.issuer}</a:Issuer>
<a:Subject><a:NameID>{self.subject}</a:NameID>
<a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<a:SubjectConfirmationData NotOnOrAfter="{end}" {f'Recipient="{recipient}"' if recipient else ""} {asked}/>
</a:SubjectConfirmation></a:Subject>
<a:Conditions NotBefore="{start}" NotOnOrAfter="{end}">{only}</a:Conditions>
<a:AuthnStatement AuthnInstant="{at}" SessionIndex="_s1"><a:AuthnContext>
<a:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</a:AuthnContextClassRef></a:AuthnContext>
</a:AuthnStatement>{f"<a:AttributeStatement>{statement}</a:AttributeStatement>" if statement else ""}
</a:Assertion></p:Response>"""
        return etree.fromstring(text)

    def signed(self, by: Pair | None = None) -> etree._Element:
        """The answer with its assertion signed."""
        root = self.tree()
        sign(root.find(f"{A}Assertion"), by or pair())
        return etree.fromstring(etree.tostring(root))


def encrypted(root: etree._Element, certificate: str, transport: str = "RSA_OAEP", cipher: str = "AES256") -> bytes:
    """The answer with its assertion encrypted for whoever has the key of this certificate (DER in base64)."""
    assertion = root.find(f"{A}Assertion")
    manager = xmlsec.KeysManager()
    pem = f"-----BEGIN CERTIFICATE-----\n{certificate}\n-----END CERTIFICATE-----"
    manager.add_key(xmlsec.Key.from_memory(pem, xmlsec.KeyFormat.CERT_PEM, None))
    data = xmlsec.template.encrypted_data_create(
        root, getattr(xmlsec.Transform, cipher), type=xmlsec.EncryptionType.ELEMENT, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    info = xmlsec.template.encrypted_data_ensure_key_info(data, ns="ds")
    key = xmlsec.template.add_encrypted_key(info, getattr(xmlsec.Transform, transport))
    xmlsec.template.encrypted_data_ensure_cipher_value(key)
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(xmlsec.KeyData.AES, 256, xmlsec.KeyDataType.SESSION)
    around = etree.SubElement(root, f"{A}EncryptedAssertion")
    root.replace(assertion, around)
    alone = etree.fromstring(etree.tostring(assertion))
    holder = etree.Element("holder")
    holder.append(alone)
    around.append(context.encrypt_xml(data, alone))
    return etree.tostring(root)


def sign(node: etree._Element, by: Pair, extra: str = "", digest: str = "SHA256") -> None:
    """Put an enveloped signature behind the issuer of an assertion or an answer; `extra`: one more transform."""
    method = getattr(xmlsec.Transform, f"RSA_{digest}")
    signature = xmlsec.template.create(node, xmlsec.Transform.EXCL_C14N, method, ns="ds")
    node.insert(1, signature)
    reference = xmlsec.template.add_reference(signature, getattr(xmlsec.Transform, digest), uri=f"#{node.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
    xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(signature))
    xmlsec.tree.add_ids(node.getroottree().getroot(), ["ID"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(by.key, xmlsec.KeyFormat.PEM)
    context.key.load_cert_from_memory(by.certificate, xmlsec.KeyFormat.CERT_PEM)
    context.sign(signature)
    if extra:
        last = next(one for one in reference.iter() if one.get("Algorithm", "").endswith("xml-exc-c14n#"))
        etree.SubElement(last.getparent(), f"{DS}Transform", Algorithm=extra)


def sent(root: etree._Element | bytes) -> str:
    """As a browser sends it."""
    return base64.b64encode(root if isinstance(root, bytes) else etree.tostring(root)).decode()
