/// The Responses API on the wire: HTTP client, SSE reader, event mapping.
@NullMarked
package dev.minimalchat.gateway.upstream.responses;

import org.jspecify.annotations.NullMarked;
