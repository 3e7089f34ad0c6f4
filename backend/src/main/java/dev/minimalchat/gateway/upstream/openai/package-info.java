/// The Responses API: the only place that knows how a provider speaks.
@NullMarked
package dev.minimalchat.gateway.upstream.openai;

import org.jspecify.annotations.NullMarked;
