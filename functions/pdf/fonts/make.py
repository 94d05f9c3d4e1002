"""Makes the files of this folder: two fonts as they are, four cut down to what a resume needs, one drawn here.

    python3 -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools==4.68.0
    /tmp/fonts/bin/python functions/pdf/fonts/make.py      # needs npm

Equal versions give equal bytes. README.md says where each font comes from and what is in it.
"""

import subprocess
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

HERE = Path(__file__).resolve().parent
STATIC = "package/dist/public/static"

# npm package, the font in it, what it becomes here.
TEXT = [
    ("pretendard@1.3.9", f"{STATIC}/Pretendard-Regular.otf", "Pretendard-Regular.otf"),
    ("pretendard@1.3.9", f"{STATIC}/Pretendard-SemiBold.otf", "Pretendard-SemiBold.otf"),
]
HANJA = ("@expo-google-fonts/noto-sans-kr@0.4.3", "package/400Regular/NotoSansKR_400Regular.ttf")
HEBREW = ("@expo-google-fonts/noto-sans-hebrew@0.4.1", "package/400Regular/NotoSansHebrew_400Regular.ttf")
# Its letters have no loose dots, which readers of PDF would take for letters of their own.
ARABIC = ("@expo-google-fonts/vazirmatn@0.4.1", "package/400Regular/Vazirmatn_400Regular.ttf")
SYMBOLS = ("@expo-google-fonts/noto-sans-symbols-2@0.4.1", "package/400Regular/NotoSansSymbols2_400Regular.ttf")
EMOJI = ("@expo-google-fonts/noto-emoji@0.4.7", "package/400Regular/NotoEmoji_400Regular.ttf")
LICENCES = {
    "Pretendard": ("pretendard@1.3.9", "package/dist/LICENSE.txt"),
    "NotoSansKR": (HANJA[0], "package/LICENSE_FONT"),
    "NotoSansHebrew": (HEBREW[0], "package/LICENSE_FONT"),
    "Vazirmatn": (ARABIC[0], "package/LICENSE_FONT"),
    "NotoSansSymbols2": (SYMBOLS[0], "package/LICENSE_FONT"),
    "NotoEmoji": (EMOJI[0], "package/LICENSE_FONT"),
}

# Arrows, technical signs, shapes, dingbats: what people put before their lines.
SIGNS = [*range(0x2190, 0x2400), *range(0x2500, 0x27C0), *range(0x2B00, 0x2C00)]


def main():
    with tempfile.TemporaryDirectory() as folder:
        packages = Packages(Path(folder))
        for package, path, name in TEXT:
            (HERE / name).write_bytes(packages.file(package, path).read_bytes())
        text = characters(HERE / TEXT[0][2])
        korean, emoji = packages.file(*HANJA), packages.file(*EMOJI)
        rest = {c for c in characters(korean) if not hangul(c) and not ideograph(c)} - text
        cut(korean, "NotoSansKR-Hanja.ttf", rest | ks_x_1001())
        cut(packages.file(*SYMBOLS), "NotoSansSymbols2-Signs.ttf", set(SIGNS) - text - rest - characters(emoji))
        for font in (HEBREW, ARABIC, EMOJI):
            source = packages.file(*font)
            (HERE / source.name.replace("_400", "-")).write_bytes(source.read_bytes())
        for name, place in LICENCES.items():
            (HERE / f"LICENSE-{name}.txt").write_bytes(packages.file(*place).read_bytes())
    draw_replacement()
    for path in sorted(HERE.glob("*.[ot]tf")):
        print(f"{path.stat().st_size:>9} {path.name}")


class Packages:
    def __init__(self, folder):
        self.folder = folder

    def file(self, package, path):
        place = self.folder / package.replace("/", "-")
        if not place.exists():
            place.mkdir()
            command = ["npm", "pack", "--silent", "--pack-destination", str(place), package]
            archive = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
            tarfile.open(place / archive).extractall(place, filter="data")
        return place / path


def characters(path):
    return set(TTFont(path).getBestCmap())


def hangul(c):
    return 0xAC00 <= c <= 0xD7A3 or 0x1100 <= c <= 0x11FF or 0xA960 <= c <= 0xA97F or 0xD7B0 <= c <= 0xD7FF


def ideograph(c):
    return 0x3400 <= c <= 0x9FFF or 0xF900 <= c <= 0xFAFF or c >= 0x20000


def ks_x_1001():
    """The 4,888 Chinese characters of the Korean standard."""
    rows, cells = range(0xCA, 0xFE), range(0xA1, 0xFF)
    return {ord(bytes((row, cell)).decode("euc_kr")) for row in rows for cell in cells}


def cut(source, name, keep):
    """Only the characters of `keep`, without hinting and features, under the font's own name."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GDEF", "STAT", "meta"]
    options.recalc_timestamp = False
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=keep)
    subsetter.subset(font)
    font.save(HERE / name)


def draw_replacement():
    """A box with a bar in it for every character there is: drawn where no other font has the character.

    A `cmap` of format 13 maps many characters to one glyph, so the file stays tiny, and a PDF still knows
    which character stands there.
    """
    pen = TTGlyphPen(None)
    for left, bottom, right, top in [(80, 0, 620, 700), (140, 60, 560, 640), (310, 220, 390, 480)]:
        corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
        # The inner rectangle is the hole: it runs the other way round.
        corners = corners[::-1] if left == 140 else corners
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "replacement"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "replacement": box})
    builder.setupHorizontalMetrics({".notdef": (700, 0), "replacement": (700, 80)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(
        {"familyName": "Maru Replacement", "styleName": "Regular", "uniqueFontIdentifier": "Maru Replacement 1",
         "fullName": "Maru Replacement", "psName": "MaruReplacement-Regular", "version": "Version 1.000"}
    )
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.font["cmap"] = newTable("cmap")
    builder.font["cmap"].tableVersion = 0
    builder.font["cmap"].tables = [every_character()]
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(HERE / "MaruReplacement-Regular.ttf")


def every_character():
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 0, 6, 0
    surrogates = range(0xD800, 0xE000)
    table.cmap = {c: "replacement" for c in range(0x20, 0x110000) if c not in surrogates and c & 0xFFFE != 0xFFFE}
    return table


if __name__ == "__main__":
    main()
