/// `POST /v1/chat`: messages in, a stream of events out, which can be read on after a broken
/// connection.
@NullMarked
package dev.minimalchat.gateway.chat;

import org.jspecify.annotations.NullMarked;
