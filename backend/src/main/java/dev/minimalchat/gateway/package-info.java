/// The gateway between a browser chat and a model provider.
@NullMarked
package dev.minimalchat.gateway;

import org.jspecify.annotations.NullMarked;
