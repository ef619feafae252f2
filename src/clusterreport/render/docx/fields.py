"""Fields of Word, each with the text that it shows until Word reckons it anew: PAGE, SEQ, REF, PAGEREF."""

from __future__ import annotations

import hashlib

from clusterreport.render.docx.markup import escaped, run


def field(instruction: str, shown: str, properties: str = "") -> str:
    """Return a field that shows ``shown``."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{inner}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{inner}<w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
        f'<w:r>{inner}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(shown, properties)}"
        f'<w:r>{inner}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(name: str, identifier: int, content: str) -> str:
    """Return ``content`` between the ends of a bookmark."""
    return f'<w:bookmarkStart w:id="{identifier}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{identifier}"/>'


def bookmark_name(label: str) -> str:
    """Return the bookmark's name for a label; Word takes letters, digits and _, at most 40 of them."""
    return f"_Ref_{hashlib.sha256(label.encode()).hexdigest()[:24]}"
