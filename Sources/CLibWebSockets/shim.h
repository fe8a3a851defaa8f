#include <libwebsockets.h>

/* Computed macros that Swift does not import. */
static const int clws_pre = LWS_PRE;
static const uint64_t clws_option_tls = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
static const uint64_t clws_option_no_system_authorities = LWS_SERVER_OPTION_DISABLE_OS_CA_CERTS;
static const int clws_kill_soon = LWS_TO_KILL_ASYNC;
static const long clws_no_obsolete_tls = SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1;
static const uint64_t clws_option_explicit_hosts = LWS_SERVER_OPTION_EXPLICIT_VHOSTS;
