"""Reads what an OpenID provider says of itself at its address (OpenID Connect Discovery 1.0), and its public keys."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from masthead.access.errors import DiscoveryUnreadableError
from masthead.access.identity.reaching import UnreachedError, fetched, is_web_address, json_object

WELL_KNOWN: Final = "/.well-known/openid-configuration"
# Signatures with a key of which only the provider has the private half; "none" and shared secrets prove nothing here.
ALGORITHMS: Final = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
_MOST: Final = 512 << 10  # bytes
_MOST_KEYS: Final = 64


@dataclass(frozen=True, slots=True)
class OpenIdPlaces:
    """Where an OpenID provider is asked what, and how it signs; kept as JSON with the provider."""

    token: str
    keys_address: str
    userinfo: str = ""
    end_session: str = ""
    algorithms: tuple[str, ...] = ("RS256",)
    methods: tuple[str, ...] = ("client_secret_basic",)  # how it wants to be shown our secret
    scopes: tuple[str, ...] = ()
    names_itself: bool = False  # it says who it is with each code (RFC 9207)

    def as_json(self) -> dict[str, Any]:
        """For the database."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Discovered:
    """An OpenID provider."""

    issuer: str
    sign_in_address: str
    places: OpenIdPlaces
    keys: list[dict[str, Any]]  # public, as JWK


def discover(address: str) -> Discovered:
    """What the provider with this issuer says; its description's own address is taken too.

    Raises DiscoveryUnreadableError, whatever goes wrong; also where it says to be somebody else.
    """
    issuer = address.strip().removesuffix(WELL_KNOWN)
    try:
        said = json_object(fetched(f"{issuer.rstrip('/')}{WELL_KNOWN}", "application/json", _MOST))
    except UnreachedError as error:
        raise DiscoveryUnreadableError(str(error)) from error
    named = said.get("issuer")
    if not isinstance(named, str) or named.rstrip("/") != issuer.rstrip("/"):
        raise DiscoveryUnreadableError(f"issuer {str(named)[:80]}")
    places = _places(said)
    sign_in = _address(said, "authorization_endpoint")
    return Discovered(named, sign_in, places, keys_fetch(places.keys_address))


def keys_fetch(address: str) -> list[dict[str, Any]]:
    """The public keys that lie at an address; raises DiscoveryUnreadableError where there are none."""
    try:
        found = json_object(fetched(address, "application/json, application/jwk-set+json", _MOST)).get("keys")
    except UnreachedError as error:
        raise DiscoveryUnreadableError(str(error)) from error
    keys = [one for one in found if _is_public(one)] if isinstance(found, list) else []
    if not keys:
        raise DiscoveryUnreadableError("no keys")
    return keys[:_MOST_KEYS]


def _is_public(key: object) -> bool:
    return isinstance(key, dict) and key.get("kty") in ("RSA", "EC", "OKP") and key.get("use", "sig") == "sig"


def _places(said: dict[str, Any]) -> OpenIdPlaces:
    algorithms = tuple(one for one in _texts(said, "id_token_signing_alg_values_supported") if one in ALGORITHMS)
    if not algorithms:
        raise DiscoveryUnreadableError("no usable id_token_signing_alg_values_supported")
    if "code" not in _texts(said, "response_types_supported"):
        raise DiscoveryUnreadableError("no authorization code flow")
    return OpenIdPlaces(
        token=_address(said, "token_endpoint"),
        keys_address=_address(said, "jwks_uri"),
        userinfo=_address(said, "userinfo_endpoint", is_needed=False),
        end_session=_address(said, "end_session_endpoint", is_needed=False),
        algorithms=algorithms,
        methods=_texts(said, "token_endpoint_auth_methods_supported") or ("client_secret_basic",),
        scopes=_texts(said, "scopes_supported"),
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )


def _address(said: dict[str, Any], name: str, *, is_needed: bool = True) -> str:
    found = said.get(name)
    if isinstance(found, str) and is_web_address(found):
        return found
    if is_needed:
        raise DiscoveryUnreadableError(name)
    return ""


def _texts(said: dict[str, Any], name: str) -> tuple[str, ...]:
    found = said.get(name)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()
