"""What may be told of a place anywhere outside its page: contact card, linked data, one line of address."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from nuserus.directory.models import Institution, Place

_FOLD = 75  # bytes of a line of a vCard


def address_line(thing: Institution | Place) -> str:
    """Where to write or to go, on one line; of what may be a home, the town only."""
    town = f"{thing.post_code} {thing.town_name}".strip()
    street = street_of(thing)
    return f"{street}, {town}" if street else town


def street_of(thing: Institution | Place) -> str:
    """The street, never that of what may be somebody's home."""
    return "" if _is_home(thing) else thing.street


def phone_of(thing: Institution | Place) -> str:
    """The telephone, never that of what may be somebody's home."""
    return "" if _is_home(thing) else thing.phone


def point_of(thing: Institution | Place) -> tuple[float, float] | None:
    """Latitude and longitude; those of the town where no better is known or may be told."""
    town = thing.town if isinstance(thing, Institution) else None
    at_town = (town.latitude, town.longitude) if town else None
    known = None if thing.latitude is None or thing.longitude is None else (thing.latitude, thing.longitude)
    if _is_home(thing) and thing.precision != "town":
        return at_town
    return known or at_town


def site_of(thing: Institution | Place) -> str:
    """The site, if its address is that of a page."""
    return thing.website if thing.website.startswith(("http://", "https://")) else ""


def _is_home(thing: Institution | Place) -> bool:
    return isinstance(thing, Institution) and thing.is_private_home


def _email_of(thing: Institution | Place) -> str:
    return "" if _is_home(thing) else (thing.contact_email if isinstance(thing, Institution) else thing.email)


def vcard(thing: Institution | Place, *, url: str, note: str, today: date) -> str:
    """The contact card of a place (vCard 4.0, RFC 6350): lines folded, special characters escaped."""
    point = point_of(thing)
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:org",
        f"UID:urn:uuid:{thing.pk}",
        f"FN:{_escaped(thing.name)}",
        f"ORG:{_escaped(thing.name)}",
        "ADR:;;"
        + ";".join(_escaped(part) for part in (street_of(thing), thing.town_name, "", thing.post_code, "France")),
        f"TEL;VALUE=text:{_escaped(phone_of(thing))}" if phone_of(thing) else "",
        f"EMAIL:{_escaped(_email_of(thing))}" if _email_of(thing) else "",
        f"URL:{_one_line(site_of(thing))}" if site_of(thing) else "",
        f"GEO:geo:{point[0]:.5f},{point[1]:.5f}" if point else "",
        f"NOTE:{_escaped(note)}" if note else "",
        f"SOURCE:{_one_line(url)}",
        f"REV:{today:%Y%m%d}",
        "END:VCARD",
    ]
    return "".join(_folded(line) + "\r\n" for line in lines if line)


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n").replace("\x00", "")


def _one_line(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())


def _folded(line: str) -> str:
    """Lines of 75 bytes at most, never inside a character; what follows begins with a space."""
    parts: list[str] = []
    part, size = "", 0
    for letter in line:
        weight = len(letter.encode())
        if size + weight > _FOLD - (1 if parts else 0):
            parts.append(part)
            part, size = "", 0
        part, size = part + letter, size + weight
    return "\r\n ".join([*parts, part])


def linked_data(thing: Institution | Place, *, url: str, note: str) -> SafeString:
    """The same facts for machines that read pages: JSON-LD in the words of schema.org, safe inside a script element."""
    point = point_of(thing)
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization" if isinstance(thing, Institution) else "Place",
        "@id": url,
        "name": thing.name,
        "url": site_of(thing) or url,
        "disambiguatingDescription": note,
        "telephone": phone_of(thing),
        "email": _email_of(thing),
        "address": {
            "@type": "PostalAddress",
            **_known({"streetAddress": street_of(thing), "postalCode": thing.post_code}),
            "addressLocality": thing.town_name,
            "addressCountry": "FR",
        },
    }
    if isinstance(thing, Institution) and thing.finess:
        facts["identifier"] = {"@type": "PropertyValue", "propertyID": "FINESS", "value": thing.finess}
    if point:
        geo = {"@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1]}
        facts |= {"location": {"@type": "Place", "geo": geo}} if isinstance(thing, Institution) else {"geo": geo}
    written = json.dumps(_known(facts), ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(written)  # noqa: S308 - no sign of HTML is left


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if value}
