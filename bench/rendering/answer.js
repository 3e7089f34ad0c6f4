/** @param {number} number */
export const section = number => `## ${number}. The ${number}th river

It rises in the **hills** and is *long*, [as they say](https://rivers.example/${number}). It carries
\`${number * 137} m³\` of water a second, which is more than one would think of a river so far from the
sea, and less than the one before it.

- its upper course is steep
  - with rapids, and a fall of ${number} metres
- its lower course is **broad**, and slow
- its mouth is a delta

| month | level in m | flow in m³/s |
|---|---:|---:|
| January | ${number}.2 | ${number * 120} |
| April | ${number}.9 | ${number * 190} |
| August | ${number}.1 | ${number * 90} |

\`\`\`js
// what flows by in a day
const flow = ${number * 137};
for (const hour of Array.from({ length: 24 }, (_, at) => at)) {
  console.log(\`\${hour}: \${flow * 3600} m³\`);
}
\`\`\`

> A river is never the same twice, and neither is who looks at it.

`;

/** An answer of 38 KB with all kinds of Markdown that models write. */
export const answer = Array.from({ length: 60 }, (_, index) => section(index + 1))
  .join('')
  .slice(0, 38 * 1024);
