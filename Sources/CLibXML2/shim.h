#pragma once
// Where libxml2 is built with ICU its headers include ICU's, which clash with those that Foundation has of its own. They are
// needed for the fields of a structure only that nothing here looks into.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/entities.h>
#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
