export const section = (/** @type {number} */ at) => `## ${at}. The ${at}th river

It rises in the **hills** and is *long*, [as they say](https://rivers.example/${at}). It carries
\`${at * 137} m³\` of water a second, which is more than one would think of a river so far from the
sea, and less than the one before it.

- its upper course is steep
  - with rapids, and a fall of ${at} metres
- its lower course is **broad**, and slow
- its mouth is a delta

| month | level in m | flow in m³/s |
|---|---:|---:|
| January | ${at}.2 | ${at * 120} |
| April | ${at}.9 | ${at * 190} |
| August | ${at}.1 | ${at * 90} |

\`\`\`js
// what flows by in a day
const flow = ${at * 137};
for (const hour of Array.from({ length: 24 }, (_, at) => at)) {
  console.log(\`\${hour}: \${flow * 3600} m³\`);
}
\`\`\`

> A river is never the same twice, and neither is who looks at it.

`;

/** An answer of 38 KB, with some of everything that models write. */
export const answer = Array.from({ length: 60 }, (_, at) => section(at + 1))
  .join('')
  .slice(0, 38 * 1024);
