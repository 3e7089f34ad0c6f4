/// How much one caller may ask of the gateway.
@NullMarked
package dev.minimalchat.gateway.limits;

import org.jspecify.annotations.NullMarked;
