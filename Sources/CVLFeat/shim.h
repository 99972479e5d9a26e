#include <vl/quickshift.h>
#include <vl/slic.h>
