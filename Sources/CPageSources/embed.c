// The style, the script and the templates of pages, embedded by the compiler (C23 #embed), so that the program is one
// file. A new file takes one block and one line here; a test compares this table with the folder.
#include "CPageSources.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const char page_css[] = {
#embed "templates/page.css" suffix(, )
0};
static const char page_js[] = {
#embed "templates/page.js" suffix(, )
0};
static const char page[] = {
#embed "templates/page.mustache" suffix(, )
0};
static const char table[] = {
#embed "templates/table.mustache" suffix(, )
0};
static const char group[] = {
#embed "templates/group.mustache" suffix(, )
0};
static const char grid[] = {
#embed "templates/grid.mustache" suffix(, )
0};
static const char heat[] = {
#embed "templates/heat.mustache" suffix(, )
0};

#define SOURCE(name, symbol) {name, symbol, sizeof symbol - 1}
static const page_source files[] = {
    SOURCE("page.css", page_css),
    SOURCE("page.js", page_js),
    SOURCE("page.mustache", page),
    SOURCE("table.mustache", table),
    SOURCE("group.mustache", group),
    SOURCE("grid.mustache", grid),
    SOURCE("heat.mustache", heat),
};

const page_source *page_sources(size_t *count)
{
    *count = sizeof files / sizeof files[0];
    return files;
}
