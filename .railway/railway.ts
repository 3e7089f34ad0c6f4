import { defineRailway, github, preserve, project, service } from 'railway/iac';

// For those who want Railway's settings in a file; README.md needs none. `railway config plan` shows
// what `railway config apply` would do. The plan comes first, because apply makes the project match
// the file: it deletes each variable that is not named here (name what you have set, with
// `preserve()`), each domain and each service, and without `source` it detaches the repository.
// Railway calls it experimental. A service that a railway.json manages must be migrated
// first. Set the names of the project, the repository and the domain to your own.
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
          OPENAI_API_KEY: preserve(),
          GATEWAY_TOKEN: preserve(),
          ALLOWED_ORIGINS: preserve(),
          RAILWAY_DEPLOYMENT_OVERLAP_SECONDS: '10',
          RAILWAY_DEPLOYMENT_DRAINING_SECONDS: '35',
          RAILWAY_HEALTHCHECK_TIMEOUT_SEC: '60',
        },
      }),
    ],
  }),
);
