"""One spelling for each web address, without trackers. Pure; applying it twice changes nothing."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urljoin, urlsplit

MAX_LENGTH = 2_048
"""Characters. Browsers and both platforms stop following longer links."""

_TRACKER_NAMES = """
fbclid gclid dclid gbraid wbraid msclkid twclid ttclid yclid igshid igsh mc_cid mc_eid xtor xts xtref xtcr at_cid cmpid
cmp icid ocid ncid smid smtyp emc sfnsn _hsenc _hsmi mkt_tok wt_mc wt.mc_id trk trkcampaign echobox ns_campaign
ns_mchannel ns_source ns_linkname ns_fee guccounter guce_referrer guce_referrer_sig ref_src ref_url
__twitter_impression s_cid sc_cid vero_id rb_clickid oly_enc_id oly_anon_id
"""
_TRACKERS = frozenset(_TRACKER_NAMES.split())
_TRACKER_FAMILIES = ("utm_", "at_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_", "itm_")
"""Prefixes; ``at_medium`` and its kin are Piano's (AT Internet), which most French media use."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_AMPERSAND = re.compile(r"&(?:amp;)+")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})?")
_HOST = re.compile(r"(?!\.)[^\s\x00-\x20\"#%&'()*+,/:;<=>?@\[\\\]^`{|}~]+\Z")
_BARE_HOST = re.compile(r"www\.[^\s/]+\.[a-z]{2,}(?:[/?#]|\Z)", re.IGNORECASE)
_KEPT_IN_PATH = "/%:@!$&'()*+,;=~-._"
_KEPT_IN_QUERY = _KEPT_IN_PATH + "?"


def canonical(url: str | None, base: str | None = None) -> str | None:
    """The canonical http(s) address, or None where there is none we accept.

    Lower-case scheme and host, no user, default port, fragment or tracker; parameters keep their order; a relative
    address is resolved against ``base``. A host that mixes scripts is spelt in punycode, so that a Cyrillic ``а``
    in a Latin name shows. Fragments that are a route (``#!/article``, ``#/article``) stay: there they name the page.
    """
    text = _AMPERSAND.sub("&", _CONTROLS.sub("", url or "").strip())
    if not text or len(text) > 4 * MAX_LENGTH:
        return None
    try:
        return _canonical(_absolute(text, base))
    except ValueError:
        return None


def _absolute(text: str, base: str | None) -> str:
    if _BARE_HOST.match(text):
        text = f"http://{text}"
    path, mark, query = text.partition("?")
    text = path.replace("\\", "/") + mark + query
    return text if base is None or _SCHEME.match(text) else urljoin(base, text)


def _canonical(url: str) -> str | None:
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    host = _host(parts.hostname or "")
    if scheme not in _DEFAULT_PORTS or host is None or parts.port == 0:
        return None
    port = f":{parts.port}" if parts.port not in {None, _DEFAULT_PORTS[scheme]} else ""
    query = _query(parts.query)
    route = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    answer = (
        f"{scheme}://{host}{port}{_path(parts.path)}"
        + (f"?{query}" if query else "")
        + (f"#{_escaped(route, _KEPT_IN_QUERY)}" if route else "")
    )
    return answer if len(answer) <= MAX_LENGTH else None


def _host(name: str) -> str | None:
    """The host, IP literals in brackets, internationalised names in the spelling that can't deceive."""
    name = name.rstrip(".").lower()
    if ":" in name:
        return f"[{name}]" if re.fullmatch(r"[0-9a-f:.]+", name) else None
    if name.isascii() and "xn--" not in name:
        return name if _HOST.match(name) and ".." not in name else None
    return _international(name)


def _international(name: str) -> str | None:
    try:
        spelt = name.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    if not _HOST.match(spelt):
        return None
    try:
        shown = spelt.encode("ascii").decode("idna").lower()
        honest = shown.encode("idna").decode("ascii") == spelt
    except UnicodeError:
        return spelt
    return shown if honest and _HOST.match(shown) and len(_scripts(shown)) <= 1 else spelt


def _scripts(name: str) -> set[str]:
    """The scripts of a name's letters, by the first word of their Unicode names (LATIN, CYRILLIC …)."""
    return {unicodedata.name(letter, "UNKNOWN").split()[0] for letter in name if letter.isalpha()}


def _path(path: str) -> str:
    """Escaped, with ``.`` and ``..`` resolved as browsers do (RFC 3986, 5.2.4)."""
    escaped = _escaped(path, _KEPT_IN_PATH)
    if "/." not in escaped and "/%2E" not in escaped:
        return escaped or "/"
    kept: list[str] = []
    segments = [segment.replace("%2E", ".") for segment in escaped.split("/")[1:]]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join([*kept, ""] if segments[-1] in {".", ".."} else kept)


def _query(query: str) -> str:
    kept = (pair for pair in query.split("&") if pair and not _is_tracker(pair.partition("=")[0]))
    return _escaped("&".join(kept), _KEPT_IN_QUERY)


def _is_tracker(name: str) -> bool:
    name = name.lower().lstrip("?")
    return name in _TRACKERS or name.startswith(_TRACKER_FAMILIES)


def _escaped(text: str, kept: str) -> str:
    """Percent-encoded once, whatever was encoded already, with upper-case digits."""
    upper = _ESCAPE.sub(lambda escape: escape[0].upper() if escape[1] else "%25", text)
    return quote(upper, safe=kept, errors="replace")
