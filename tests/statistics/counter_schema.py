"""What the COUNTER API asks of a Title Report and an Item Report of release 5.1, as a JSON schema.

Written after the specification "COUNTER API for Release 5.1.0.1" (CC BY 4.0): the same names and patterns, what may
and what must stand where; parts that we never write are left out.
"""

from __future__ import annotations

from typing import Any

PROPRIETARY = {"type": "string", "pattern": r"^[a-zA-Z][a-zA-Z0-9_./]{0,15}[a-zA-Z0-9]:.+"}
ORGANIZATION_ID = {
    "type": "object",
    "properties": {"Proprietary": {"type": "array", "uniqueItems": True, "minItems": 1, "items": PROPRIETARY}},
    "minProperties": 1,
    "additionalProperties": False,
}
ISSN = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{3}[0-9X]$"}
ITEM_ID = {
    "type": "object",
    "properties": {
        "Online_ISSN": ISSN,
        "Print_ISSN": ISSN,
        "Proprietary": PROPRIETARY,
        "URI": {"type": "string", "format": "uri"},
    },
    "minProperties": 1,
    "additionalProperties": False,
}
COUNTS = {
    "type": "object",
    "patternProperties": {"^[0-9]{4}-(0[1-9]|1[0-2])$": {"type": "integer", "minimum": 0}},
    "minProperties": 1,
    "additionalProperties": False,
}
METRICS = [f"{how}_Item_{what}" for how in ("Total", "Unique") for what in ("Investigations", "Requests")]
PERFORMANCE = {
    "type": "object",
    "properties": dict.fromkeys(METRICS, COUNTS),
    "minProperties": 2,
    "additionalProperties": False,
}


def attribute_performance(data_types: list[str]) -> dict[str, Any]:
    return {
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "properties": {
                "Data_Type": {"enum": data_types},
                "YOP": {"type": "string", "pattern": "^[0-9]{4}$"},
                "Access_Type": {"enum": ["Controlled", "Open", "Free_To_Read"]},
                "Access_Method": {"enum": ["Regular", "TDM"]},
                "Performance": PERFORMANCE,
            },
            "required": ["Data_Type", "Performance"],
            "additionalProperties": False,
        },
    }


def header(identity: str, name: str, shown: list[str], attributes: dict[str, Any]) -> dict[str, Any]:
    to_show = {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"enum": shown}}
    day = {"type": "string", "format": "date"}
    return {
        "type": "object",
        "properties": {
            "Release": {"const": "5.1"},
            "Report_ID": {"const": identity},
            "Report_Name": {"const": name},
            "Created": {"type": "string", "format": "date-time"},
            "Created_By": {"type": "string", "minLength": 2},
            "Institution_ID": ORGANIZATION_ID,
            "Institution_Name": {"type": "string", "minLength": 2},
            "Registry_Record": {"type": "string", "format": "uri"},
            "Report_Attributes": {
                "type": "object",
                "properties": {"Attributes_To_Show": to_show, **attributes},
                "minProperties": 1,
                "additionalProperties": False,
            },
            "Report_Filters": {
                "type": "object",
                "properties": {"Begin_Date": day, "End_Date": day},
                "required": ["Begin_Date", "End_Date"],
                "additionalProperties": False,
            },
            "Exceptions": {"type": "array", "minItems": 1, "items": {"required": ["Code", "Message"]}},
        },
        "required": [
            *("Release", "Report_ID", "Report_Name", "Created", "Created_By", "Institution_Name", "Report_Filters"),
        ],
        "additionalProperties": False,
    }


def entry(name: str, data_types: list[str], **more: Any) -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "properties": {
            name: text,
            "Publisher": text,
            "Publisher_ID": ORGANIZATION_ID,
            "Platform": {"type": "string", "minLength": 2},
            "Item_ID": ITEM_ID,
            "Attribute_Performance": attribute_performance(data_types),
            **more,
        },
        "required": [name, "Publisher", "Platform", "Attribute_Performance"],
        "additionalProperties": False,
    }


TITLE_TYPES = ["Book", "Conference", "Journal", "Newspaper_or_Newsletter", "Other", "Report", "Unspecified"]
ITEM_TYPES = ["Article", "Book_Segment", "Conference_Item", "News_Item", "Other", "Reference_Item", "Report"]
BREAKDOWN = ["YOP", "Access_Type", "Access_Method"]
TITLE_REPORT = {
    "type": "object",
    "properties": {
        "Report_Header": header("TR", "Title Report", BREAKDOWN, {}),
        "Report_Items": {"type": "array", "items": entry("Title", TITLE_TYPES)},
    },
    "required": ["Report_Header", "Report_Items"],
    "additionalProperties": False,
}
ITEM_REPORT = {
    "type": "object",
    "properties": {
        "Report_Header": header(
            "IR",
            "Item Report",
            [*BREAKDOWN, "Authors", "Publication_Date", "Article_Version"],
            {"Include_Parent_Details": {"enum": ["False", "True"]}},
        ),
        "Report_Items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "Title": {"type": "string"},
                    "Data_Type": {"enum": ["Book", "Conference", "Journal", "Newspaper_or_Newsletter"]},
                    "Item_ID": ITEM_ID,
                    "Items": {
                        "type": "array",
                        "minItems": 1,
                        "items": entry("Item", ITEM_TYPES, Publication_Date={"type": "string", "format": "date"}),
                    },
                },
                "required": ["Item_ID", "Items"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["Report_Header", "Report_Items"],
    "additionalProperties": False,
}
