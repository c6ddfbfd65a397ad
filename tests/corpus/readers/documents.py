"""Small documents in the exact forms that programs write, made for these tests."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>Claire :</i> Vous pouvez me raconter
une journée ?

2
00:00:04,000 --> 00:00:06,000
Awa : Le matin, je prends le bus.

3
00:00:06,200 --> 00:00:08,000
Il passe à 8 h 12.

4
00:00:09,000 --> 00:00:10,000
Claire : Et le soir ?

5
00:00:11,000 --> 00:00:12,000
Awa : Le soir, c’est plus calme.
"""

VTT = """WEBVTT Entretien 4
Kind: captions
Language: fr

STYLE
::cue { color: white }

NOTE
Transcribed with noScribe vers. 0.7

1
00:00:00.000 --> 00:00:12.140
(12 seconds pause)

2
00:12.140 --> 00:22.800 align:start position:0%
<v S01>Bonjour, <00:00:14.000>merci d&#39;être venue &amp; installée.

3
00:22.800 --> 00:30.000
<v.fort S00>Oui.</v> <v S01>On commence ?</v>
"""

NOSCRIBE = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://www.w3.org/TR/REC-html40/strict.dtd">
<html >
<head >
<meta charset="UTF-8" />
<style type="text/css" > p { font-size: 0.9em; } </style>
<meta name="audio_source" content="./atelier.wav" /></head>
<body style="font-family: 'Arial'" > <div class="WordSection1" ><p style="font-weight: 600" >Atelier du jeudi</p>\
<p ><span style="color: #909090" >Transcribed with noScribe vers. 0.7<br />Audio file: ./atelier.wav<br />\
(Language: French (fr) | Speaker detection: auto | Timestamps: 1)</span></p>\
<p ><a name="ts_0_12140_" >(12 seconds pause) </a></p>\
<p ><a name="ts_12140_22800_S01" >S01: <span style="color: #78909C" >[00:00:12]</span> On a installé la tablette au salon.</a>\
<a name="ts_22800_24360_S01" > (..)</a><a name="ts_24360_30010_S01" > Au début, personne n’y touchait.</a>\
<a name="ts_30090_30910_//S02" > //S02: Sauf moi.</a><a name="ts_31870_33510_S01" >// Sauf vous, c’est vrai.</a></p>\
<p ><a name="ts_36190_36330_S00" >Monique: <span style="color: #78909C" >[00:00:36]</span> Et les vidéos&nbsp;?</a></p>\
<p ><a name="ts_40000_41000_S00" >Monique: Le soir ?</a></p></div></body></html>
"""

SONAL = """
<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
    <title>Fichier Whispurge</title>
   <style> .cat_001{ font-size: 24; } </style>
 </head>
<body>
<script id="loc-json" type="application/json">
        {
            ["","Enquêtrice","Madame L."]
        }
</script>
<script id="cat-json" type="application/json"> { [{"code":"cat_001","nom":"Temps"}] } </script>
    <div><H2 > Notes</H2><div id="txtnotes"> à relire </div></div>
     <div id="contenuText">
     <span class="lblseg sautlig ligloc" data-deb="0.700" data-fin="4.317" data-loc="1" tabindex="1" data-rksg="0" \
data-statut="deb" data-nomloc="Enquêtrice"><span class="" data-rk="1" data-sg="0" data-len="5">Bonjour, merci </span>\
<span class="cat_001" data-rk="6" data-sg="0" title="- Temps > long" data-len="4">d'être là.</span></span>\
<span class="lblseg sautlig ligloc" data-deb="4.317" data-fin="7.992" data-loc="2" data-rksg="1" data-nomloc="Madame L.">\
<span class="" data-rk="33" data-sg="1">Je viens avec </span><span class="anon debsel finsel" data-rk="42" data-sg="1" \
data-pseudo="Rose">Karine</span><span class="" data-rk="43" data-sg="1">, le mardi.</span></span>\
<span class="lblseg sautlig" data-deb="7.992" data-fin="9.5" data-loc="2" data-rksg="2"><span data-rk="50" data-sg="2"> \
Et le jeudi.</span></span>
</div></body>"""

ATRAIN_JSON = """{"segments": [
 {"start": 0.0, "end": 2.5, "text": " Bonjour à toutes.", "words": [{"word": " Bonjour", "start": 0.0, "end": 0.6}],
  "speaker": "SPEAKER_00"},
 {"start": 2.5, "end": 4.0, "text": " On commence ?", "speaker": "SPEAKER_00"},
 {"start": 4.2, "end": 5.75, "text": " Oui.", "speaker": "SPEAKER_01"},
 {"start": 6.0, "end": 7.0, "text": " (rires)"}], "language": "fr"}"""

ATRAIN_TIMES = """Transcription for 2026-10-05 10-00-00 atelier

SPEAKER_00
[00:00:00] - Bonjour à toutes.
[00:00:02] - On commence ?

SPEAKER_01
[00:00:04] - Oui.
"""

ATRAIN_MAXQDA = (
    "Transcription for atelier\n\nSPEAKER_00\n[00:00:00] - Bonjour à toutes. [00:00:02] - On commence ? "
    "\n\nSPEAKER_01\n[00:00:04] - Oui. "
)

NOSCRIBE_TXT = """Atelier du jeudi

Transcribed with noScribe vers. 0.7
Audio file: ./atelier.wav
(Language: French (fr) | Speaker detection: auto)

S01: [00:00:12] On a installé la tablette. //S02: Sauf moi.// C’est vrai.

S00: [00:00:36] Et les vidéos ?
"""


def docx(*paragraphs: str, prologue: str = "") -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in paragraphs)
    document = f'<?xml version="1.0"?>{prologue}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def odt(*paragraphs: str) -> bytes:
    body = "".join(f"<text:p>{escape(one)}</text:p>" for one in paragraphs)
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}"><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def archive(entries: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return stream.getvalue()
