/// `POST /v1/chat`: messages in, a stream of events out.
@NullMarked
package dev.minimalchat.gateway.chat;

import org.jspecify.annotations.NullMarked;
