import { defineRailway, github, preserve, project, service } from 'railway/iac';

// For those who want Railway's settings in a file; README.md needs none. `railway config plan` shows
// what `railway config apply` would do. The plan comes first, because apply makes the project match
// the file: it deletes each variable that is not named here (such as OTEL_* ones: add what you have
// set), each domain and each service, and without `source` it detaches the repository. Railway calls
// it experimental. A service that a railway.json manages must be migrated first. Set the names of
// the project, the repository and the domain to your own.

// Every variable that the gateway reads keeps the value that it has on Railway.
const kept = `
  ACCESS_CODE ALLOWED_ORIGINS ALLOWED_ORIGIN_REGEX API_MAX_STREAMS API_RATE_LIMIT_PER_MINUTE
  API_TOKENS BRAND_ACCENT BRAND_LOGO BRAND_TITLE CONNECT_TIMEOUT DAILY_TOKEN_BUDGET DISCLOSURE
  DISCLOSURE_PROVIDER EMBED_ORIGINS FALLBACK_API_BASE FALLBACK_API_KEY FALLBACK_MODEL_ID FILES
  FIRST_EVENT_TIMEOUT FIRST_OUTPUT_TIMEOUT GATEWAY_TOKEN GATEWAY_TOKEN_PREVIOUS
  GATEWAY_TOKEN_PREVIOUS_UNTIL GREETING HTTPS_PROXY HTTP_PROXY IDLE_TIMEOUT LINKS MANAGEMENT_PORT
  MAX_MESSAGES MAX_OUTPUT_TOKENS MAX_REQUEST_BYTES MAX_STREAMS MAX_STREAMS_PER_CLIENT MODELS
  MODEL_ID NOTICE NO_PROXY OPENAI_API_BASE OPENAI_API_KEY PAGE_LANGUAGE PLACEHOLDER PORT
  RATE_LIMIT_PER_MINUTE REASONING_EFFORT REASONING_SUMMARY REASONING_TEXT REDIS_URL RESUME_GRACE RESUME_MEMORY RESUME_TTL
  SERVER_ADDRESS SERVE_PAGE SPRING_PROFILES_ACTIVE STATE_DIR SUGGESTIONS SYSTEM_PROMPT TEMPERATURE
  TOTAL_TIMEOUT TRUSTED_PROXIES TRUSTED_USER_HEADER VECTOR_STORE_IDS VISION WEB_SEARCH
`;

export default defineRailway(() =>
  project('minimal-chatbot', {
    resources: [
      service('gateway', {
        source: github('OWNER/minimal-chatbot', { branch: 'main' }),
        build: { builder: 'DOCKERFILE', dockerfilePath: 'Dockerfile' },
        deploy: {
          healthcheckPath: '/health',
          restartPolicyType: 'ON_FAILURE',
          restartPolicyMaxRetries: 10,
        },
        domains: ['api.example.com'],
        env: {
          ...Object.fromEntries(
            kept
              .trim()
              .split(/\s+/)
              .map(name => [name, preserve()]),
          ),
          RAILWAY_DEPLOYMENT_OVERLAP_SECONDS: '10',
          RAILWAY_DEPLOYMENT_DRAINING_SECONDS: '35',
          RAILWAY_HEALTHCHECK_TIMEOUT_SEC: '60',
        },
      }),
    ],
  }),
);
