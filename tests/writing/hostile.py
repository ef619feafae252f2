"""Templates that work without end, each in its own way; every one must be refused within the bounds."""

from __future__ import annotations

from typing import Final

_LOOP: Final = "{% for i in range(1000) %}{% for j in range(190) %}"
_END: Final = "{% endfor %}{% endfor %}"
_DOUBLED: Final = "{% for i in range(40) %}"
_BIG: Final = (
    "{% set ns = namespace(s='字字字字字字字字', l=[1]) %}"
    "{% for i in range(17) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}"
    "{% for i in range(16) %}{% set ns.l = ns.l + ns.l %}{% endfor %}"
)


def _nested(depth: int, inner: str) -> str:
    return "".join(f"{{% for i{n} in range(1000) %}}" for n in range(depth)) + inner + "{% endfor %}" * depth


ENDLESS: Final = {
    "squaring": "{% set ns = namespace(x=3) %}{% for i in range(60) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    "decimals": "{% set ns = namespace(x=nation.clusters.amount) %}"
    "{% for i in range(60) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    "floats": "{% set ns = namespace(x=9.5) %}{% for i in range(60) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    "nested comparisons": "{% set ns = namespace(a=[1], b=[1]) %}"
    + _DOUBLED
    + "{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{% if ns.a == ns.b %}x{% endif %}",
    "shallow comparisons": _BIG
    + "{% set a = ns.l + [2] %}{% set b = ns.l + [3] %}" + _LOOP + "{{ 'x' if a == b }}" + _END,
    "deep tuples": "{% set ns = namespace(t=()) %}"
    + _LOOP + "{% set ns.t = (ns.t,) %}" + _END + "{{ {ns.t: 1}|length }}",
    "deep arguments": "{% set ns = namespace(t=()) %}{% macro m() %}{% set ns.t = varargs %}{% endmacro %}"
    "{% for i in range(900) %}{{ m(ns.t) }}{% endfor %}",
    "sorting": _BIG + _LOOP + "{{ 'x' if ns.l|sort|first == 2 }}" + _END,
    "sorting long words": _BIG + "{% set l = [ns.s ~ 'a', ns.s ~ 'b', ns.s ~ 'c', ns.s ~ 'd'] %}" + _LOOP
    + "{{ 'x' if l|sort|length == 2 }}" + _END,
    "unique": _BIG + _LOOP + "{{ 'x' if ns.l|unique|first == 2 }}" + _END,
    "grouping": _BIG + _LOOP + "{{ 'x' if ns.l|groupby('real')|length == 2 }}" + _END,
    "mapping": _BIG + _LOOP + "{{ 'x' if ns.l|map('default')|list|length == 2 }}" + _END,
    "mapped chains": "{% set ns = namespace(l=[1]) %}" + _LOOP + "{% set ns.l = ns.l|map('default') %}" + _END
    + "{{ 'x' if ns.l|first == 2 }}",
    "selecting": _BIG + _LOOP + "{{ 'x' if ns.l|select('eq', 2)|list }}" + _END,
    "selecting attributes": _LOOP
    + "{{ 'x' if regions.provinces|selectattr('clusters.amount', 'gt', 99)|list }}" + _END,
    "reversing": _BIG + _LOOP + "{{ 'x' if ns.l|reverse|first == 2 }}" + _END,
    "reversing words": _BIG + _LOOP + "{{ 'x' if ns.s|reverse == 'x' }}" + _END,
    "listing words": _BIG + _LOOP + "{{ 'x' if ns.s|list|length == 2 }}" + _END,
    "joining": "{% set ns = namespace(s='字') %}" + _DOUBLED + "{% set ns.s = [ns.s, ns.s]|join('') %}{% endfor %}",
    "joining with much between": _BIG + "{% set w = ns.s|list %}" + _LOOP + "{% set x = w|join(ns.s) %}" + _END,
    "joining words": _BIG + "{% set l = [] + ['a'] %}" + _LOOP + "{% set x = [ns.s, ns.s, ns.s]|join(ns.s) %}" + _END,
    "concatenating": "{% set ns = namespace(s='字') %}" + _DOUBLED + "{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "copies held": _BIG + "{% set ns.k = [] %}" + _LOOP + "{% set ns.k = ns.k + [ns.s[1:]] %}" + _END,
    "lists held": _BIG + "{% set ns.k = [] %}" + _LOOP + "{% set ns.k = ns.k + [ns.l[1:]] %}" + _END,
    "cutting words": _BIG + _LOOP + "{{ 'x' if ns.s[1:] == 'x' }}" + _END,
    "cutting lists": _BIG + _LOOP + "{{ 'x' if ns.l[1:] == [] }}" + _END,
    "searching words": _BIG + "{% set n = ns.s[:99] ~ 'x' %}" + _LOOP + "{{ 'x' if n in ns.s }}" + _END,
    "searching lists": _BIG + _LOOP + "{{ 'x' if 2 in ns.l }}" + _END,
    "testing in": _BIG + _LOOP + "{{ 'x' if 2 is in(ns.l) }}" + _END,
    "comparing words": _BIG + "{% set a = ns.s ~ 'a' %}{% set b = ns.s ~ 'b' %}" + _LOOP + "{{ 'x' if a < b }}" + _END,
    "beginning with": _BIG + "{% set a = ns.s ~ 'a' %}" + _LOOP + "{{ 'x' if a.startswith(ns.s) }}" + _END,
    "ranges in ranges": _nested(3, ""),
    "ranges with a condition": "{% for i in range(1000) %}"
    + "{% for j in range(190) if range(1000)|select('eq', 2000)|list %}{% endfor %}" * 3
    + "{% endfor %}",
    "ranges listed": _LOOP + "{{ 'x' if range(1000)|list|length == 2 }}" + _END,
    "formats": "{{ 'x' if '%999999999d' is even }}",
    "macros calling twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}"
    "{{ m(60) }}",
    "callers": "{% macro m(n) %}{{ caller(n) }}{{ caller(n) }}{% endmacro %}"
    + "{% call(a) m(1) %}" * 17 + "{% endcall %}" * 17,
    "recursive loops": "{% for x in range(1000) recursive %}{{ loop(range(1000)) }}{% endfor %}",
    "blocks": "{% block b %}" + _LOOP + "{% endfor %}{% endfor %}{% endblock %}" + "{{ self.b() }}" * 60,
    "namespaces": "{% set ns = namespace(l=[]) %}" + _LOOP + "{% set ns.l = ns.l + [namespace(a=ns.l)] %}" + _END,
    "attributes": _LOOP + "{{ 'x' if nation.label == 'a' }}" * 40 + _END,
    "long bodies": _LOOP + "{% set a = 1 %}" * 2000 + _END,
    "long lists": _LOOP + "{% set a = [" + "1, " * 2000 + "] %}" + _END,
    "printing": _nested(2, "{{ nation.clusters }}"),
    "footnotes": _LOOP + "{{ footnote('注') }}" + _END,
    "tables": "{% set ns = namespace(l=[{'a': 'x'}]) %}"
    "{% for i in range(14) %}{% set ns.l = ns.l + ns.l %}{% endfor %}"
    "{% for i in range(900) %}{{ table(ns.l, [col('a', '甲')], title='x') }}{% endfor %}",
    "drawings": "{% set ns = namespace(l=[{'name': '甲', 'value': nation.clusters}]) %}"
    "{% for i in range(14) %}{% set ns.l = ns.l + ns.l %}{% endfor %}"
    "{% for i in range(900) %}{{ chart.bar(ns.l, values=[('value', '甲')], title='甲') }}{% endfor %}",
    "wide tables": "{{ table(range(1000), [" + "col('a', '甲'), " * 900 + "], title='x') }}",
    "rankings": _LOOP + "{{ ranking(regions.by_province) }}" + _END,
    "lists in words": _BIG + "{% set w = ns.s[:9999]|list %}" + _LOOP + "{{ w|listed }}" + _END,
    "notes of long text": "{% set x %}" + "甲*乙*" * 2000 + "{% endset %}" + _LOOP + "{{ note(x) }}" + _END,
    "titles of long text": "{% set x %}" + "甲*乙*" * 2000 + "{% endset %}"
    + _LOOP + "{{ col('name', x) if true }}" + _END,
    "a table many times": "{% set t = table(regions.provinces, [col('name', '省份')], title='表') %}"
    + _LOOP + "{{ t }}" + _END,
    "asking rankings": _LOOP + "{{ 'x' if regions.by_province.of('上海').name == 'x' }}" + _END,
    "looking for findings": _LOOP + "{{ 'x' if [1][regions] is defined }}" + _END,
    "findings as keys": _LOOP + "{% set a = {regions: 1} %}" + _END,
    "getting by findings": _LOOP + "{{ 'x' if {}.get(regions) }}" + _END,
    "drawn twice": _LOOP + "{{ 'x' if regions.by_province == nation }}{{ 'x' if regions == regions }}" + _END,
    "captured text": "{% set ns = namespace(s='') %}" + _DOUBLED
    + "{% set x %}{{ ns.s }}{{ ns.s }}字{% endset %}{% set ns.s = x %}{% endfor %}",
    "text": _nested(2, "甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲甲\n\n"),
    "paragraphs": _nested(2, "甲\n\n").replace("range(1000)", "range(440)"),
    "items": _LOOP + "\n- 甲" + _END,
    "spoiled": _LOOP + "{{ 5 }}" + _END,
    "missing": _LOOP + "{{ ref('x' ~ nation.label) }}" + _END,
}  # fmt: skip

_DEPTH: Final = 40
TAKEN_IN: Final = {
    f"sections/{kind}{n}.md.j2": tag.format(f"{kind}{n + 1}.md.j2") * 2 if n < _DEPTH else ""
    for kind, tag in (("inc", "{{% include '{}' %}}"), ("imp", "{{% import '{}' as a with context %}}"))
    for n in range(_DEPTH + 1)
}
CHAINS: Final = {
    "a chain of includes": "{% include 'inc0.md.j2' %}",
    "a chain of imports": "{% import 'imp0.md.j2' as a with context %}",
}
