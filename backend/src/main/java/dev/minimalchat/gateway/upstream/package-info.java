/// What the chat needs from a model provider, whoever that is.
@NullMarked
package dev.minimalchat.gateway.upstream;

import org.jspecify.annotations.NullMarked;
