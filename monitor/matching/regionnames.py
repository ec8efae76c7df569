"""Names of countries and their divisions that the tables of regions lack, by the codes of the regions; folded."""

COUNTRIES = {
    "AE": ("emirates",), "BN": ("brunei",), "BO": ("bolivia",), "CD": ("dr congo", "drc"),
    "CI": ("ivory coast",), "CV": ("cape verde",), "CZ": ("czech republic",), "FK": ("falkland islands",),
    "FM": ("micronesia",), "IR": ("iran",), "KI": ("kiribati",), "KP": ("north korea",),
    "KR": ("south korea",), "LA": ("laos",), "MD": ("moldova",), "MK": ("macedonia",), "MM": ("burma",),
    "MO": ("macau",), "NL": ("holland", "the netherlands"), "PS": ("palestine",), "RU": ("russia",),
    "SY": ("syria",), "SZ": ("swaziland",), "TL": ("east timor",), "TR": ("turkey",),
    "TW": ("taiwan",), "TZ": ("tanzania",), "VA": ("vatican city",), "VE": ("venezuela",), "VN": ("vietnam",),
}  # fmt: skip
"""How the press names countries that the tables name in full, or by a name that they had."""
DIVISIONS = {
    "US.TX": ("tex",), "US.ID": ("ida",), "US.PA": ("penna",), "US.IA": ("ia",), "US.OH": ("o",),
    "GB.ENG": (
        "bedfordshire", "berkshire", "buckinghamshire", "cambridgeshire", "cheshire", "cornwall", "cumbria",
        "derbyshire", "devon", "dorset", "county durham", "co durham", "east sussex", "west sussex", "essex",
        "gloucestershire",
        "greater london", "greater manchester", "hampshire", "herefordshire", "hertfordshire", "isle of wight", "kent",
        "lancashire", "leicestershire", "lincolnshire", "merseyside", "norfolk", "northamptonshire", "northumberland",
        "nottinghamshire", "oxfordshire", "rutland", "shropshire", "somerset", "staffordshire", "suffolk", "surrey",
        "tyne and wear", "warwickshire", "west midlands", "wiltshire", "worcestershire", "yorkshire", "north yorkshire",
        "east yorkshire", "south yorkshire", "west yorkshire", "cambs", "glos", "hants", "herts", "lancs",
        "leics", "lincs", "northants", "notts", "oxon", "staffs", "wilts", "worcs", "yorks",
    ),
    "GB.WLS": ("gwent", "dyfed", "gwynedd", "powys", "clwyd", "pembrokeshire", "carmarthenshire", "anglesey"),
    "GB.SCT": ("perthshire", "aberdeenshire", "ayrshire", "fife", "lanarkshire", "lothian", "the highlands", "orkney"),
    "GB.NIR": ("county antrim", "county down", "county tyrone", "co antrim", "co down", "co tyrone"),
    "DE.02": ("bavaria",), "DE.05": ("hesse",), "DE.06": ("lower saxony",), "DE.07": ("north rhine westphalia",),
    "DE.08": ("rhineland palatinate",), "DE.13": ("saxony",), "DE.14": ("saxony anhalt",), "DE.15": ("thuringia",),
    "AT.02": ("carinthia",), "AT.06": ("styria",), "AT.07": ("tyrol",),
    "ES.51": ("andalusia",), "ES.52": ("aragon",), "ES.56": ("catalonia",),
    "FR.28": ("normandy",), "FR.53": ("brittany",), "FR.94": ("corsica",), "FR.93": ("provence",),
    "IT.09": ("lombardy",), "IT.12": ("piedmont",), "IT.13": ("apulia",), "IT.14": ("sardinia",), "IT.15": ("sicily",),
    "IT.16": ("tuscany",),
}  # fmt: skip
"""Abbreviations of older papers, counties of Britain, and English names of divisions that the tables name in their own
language."""
BRITISH_COUNTIES = frozenset(name for code, names in DIVISIONS.items() if code.startswith("GB.") for name in names)
"""Those of Britain: regions of which the tables know neither code nor size."""
