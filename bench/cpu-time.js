import { readFileSync } from 'node:fs';

/** @import { Gateway } from '../e2e/support/gateway.js' */

const MS_PER_TICK = 10; // of the kernel's CPU times

/** User and system time of a process. @param {Gateway} gateway */
export function cpuMs(gateway) {
  const fields = readFileSync(`/proc/${gateway.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

/** @param {number[]} values */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
