/// The built-in provider: a real HTTP endpoint that speaks the Responses API without a model.
@NullMarked
package dev.minimalchat.gateway.upstream.demo;

import org.jspecify.annotations.NullMarked;
