/// The one use case: messages in, a stream out.
@NullMarked
package dev.minimalchat.gateway.chat;

import org.jspecify.annotations.NullMarked;
