"""The addresses of the house for visitors and readers; those of the service come first, publications last."""

from __future__ import annotations

from django.urls import path

from masthead.site import (
    announcing,
    brand,
    downloads,
    embedding,
    image_answers,
    proofs,
    reading,
    service,
    surroundings,
    visiting,
)

_EDITION = "<slug:publication>/<slug:slug>"

urlpatterns = [
    path("health", service.health, name="health"),
    path("ready", service.ready, name="ready"),
    path("metrics", service.metrics, name="metrics"),
    path("version", service.version, name="version"),
    path("robots.txt", announcing.robots_txt, name="robots"),
    path("favicon.svg", surroundings.icon, name="icon"),
    path("favicon.ico", surroundings.no_icon, name="old-icon"),
    path("reader/<path:path>", surroundings.reader_file, name="reader-file"),
    path("brand/<slug:publication>/style-<slug:version>.css", brand.style, name="brand-style"),
    path("brand/<slug:publication>/own-words-<slug:version>/<slug:language>.json", brand.words, name="brand-words"),
    path("brand/<slug:publication>/<str:name>", brand.file, name="brand-file"),
    path("proof/<str:token>", proofs.proof, name="proof"),
    path("", visiting.home, name="home"),
    path("<slug:publication>/", visiting.publication, name="publication"),
    path("<slug:publication>/current", visiting.current, name="current"),
    path(f"{_EDITION}/", reading.edition, name="edition"),
    path(f"{_EDITION}/page/<int:number>", reading.page, name="edition-page"),
    path(f"{_EDITION}/article/<str:article>", reading.article, name="edition-article"),
    path(f"{_EDITION}/articles", reading.all_articles, name="edition-articles"),
    path(f"{_EDITION}/pages", reading.all_pages, name="edition-pages"),
    path(
        f"{_EDITION}/b/<slug:build>/tiles/<int:page>/<int:width>/<int:column>/<int:row>.webp",
        reading.tile,
        name="edition-tile",
    ),
    path(f"{_EDITION}/b/<slug:build>/<path:path>", reading.build_file, name="edition-file"),
    path("sitemap.xml", announcing.sitemap_index, name="sitemap"),
    path("sitemap-house.xml", announcing.sitemap_house, name="sitemap-house"),
    path("oembed", embedding.answer, name="oembed"),
    path("opds", announcing.catalogue, name="opds"),
    path("opds.json", announcing.catalogue_json, name="opds2"),
    path("opds-search.xml", announcing.search_description, name="opds-search-description"),
    path("opds-search", announcing.catalogue_search, name="opds-search"),
    path("<slug:publication>/feed.atom", announcing.atom, name="publication-atom"),
    path("<slug:publication>/feed.rss", announcing.rss, name="publication-rss"),
    path("<slug:publication>/opds", announcing.publication_catalogue, name="opds-publication"),
    path("<slug:publication>/opds.json", announcing.publication_catalogue_json, name="opds2-publication"),
    path("<slug:publication>/editions.json", announcing.editions, name="publication-editions"),
    path("<slug:publication>/sitemap-<int:number>.xml", announcing.sitemap_publication, name="sitemap-publication"),
    path("<slug:publication>/iiif/collection.json", image_answers.collection, name="iiif-collection"),
    path(f"{_EDITION}/opds.json", announcing.edition_entry, name="edition-opds"),
    path(f"{_EDITION}/embed", reading.embedded, name="edition-embed"),
    path(f"{_EDITION}/issue.epub", downloads.epub, name="edition-epub"),
    path(f"{_EDITION}/issue.pdf", downloads.pdf, name="edition-pdf"),
    path(f"{_EDITION}/text.zip", downloads.text, name="edition-text"),
    path(f"{_EDITION}/markdown.zip", downloads.markdown, name="edition-markdown"),
    path(f"{_EDITION}/iiif/manifest.json", image_answers.manifest, name="iiif-manifest"),
    path(f"{_EDITION}/iiif/<int:page>", image_answers.image, name="iiif-image"),
    path(f"{_EDITION}/iiif/<int:page>/info.json", image_answers.information, name="iiif-information"),
    path(f"{_EDITION}/iiif/<int:page>/full/<str:size>/0/default.jpg", image_answers.picture, name="iiif-picture"),
]
