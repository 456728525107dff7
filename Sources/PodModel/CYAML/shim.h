/* The header of the libyaml that this host has, for the module map. */
#include <yaml.h>
