/// The routes in the shapes of OpenAI's API, for programs: responses, chat completions, models.
@NullMarked
package dev.minimalchat.gateway.api;

import org.jspecify.annotations.NullMarked;
