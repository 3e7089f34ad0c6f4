import { answer } from './answer.js';
import { strategies } from './strategies.js';

const CHARACTERS_PER_MS = 4.8;
const FRAME_BUDGET_MS = 1000 / 60;
const LONG_TASK_MS = 50; // as defined by the Long Tasks API

/**
 * Streams the answer into the page and measures each frame.
 * @param {keyof typeof strategies} name
 */
export async function stream(name) {
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  const { write, end } = strategies[name](root);
  const removed = countRemoved(root);
  const tasks = countLongTasks();
  const frames = [];
  let selected = '';

  const begin = performance.now();
  for (let shown = 0; shown < answer.length; ) {
    await new Promise(requestAnimationFrame);
    const due = Math.min(answer.length, Math.ceil((performance.now() - begin) * CHARACTERS_PER_MS));
    if (due === shown) continue;
    frames.push(cost(() => write(answer.slice(shown, due)), root));
    shown = due;
    if (selected === '' && shown > answer.length / 5) selected = select(root);
  }
  frames.push(cost(end, root));
  const streaming = performance.now() - begin;
  await new Promise(resolve => setTimeout(resolve, 500)); // idle work after the end
  return {
    strategy: name,
    frames: frames.length,
    ...summary(frames),
    longTasks: tasks(),
    removed: removed(),
    selection: getSelection()?.toString() === selected,
    seconds: streaming / 1000,
  };
}

/**
 * The cost of a frame in milliseconds: the script, and the script with the layout it causes.
 * @param {() => void} work
 * @param {HTMLElement} root
 */
function cost(work, root) {
  const begin = performance.now();
  work();
  const worked = performance.now();
  root.getBoundingClientRect();
  return { work: worked - begin, all: performance.now() - begin };
}

/** @param {{ work: number, all: number }[]} frames */
function summary(frames) {
  const costs = frames.map(({ all }) => all).sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => costs[Math.floor((costs.length - 1) * share)];
  return {
    work: frames.reduce((sum, { work }) => sum + work, 0),
    layout: frames.reduce((sum, { work, all }) => sum + all - work, 0),
    median: at(0.5),
    p95: at(0.95),
    max: at(1),
    late: costs.filter(each => each > FRAME_BUDGET_MS).length,
  };
}

/** @param {HTMLElement} root */
function countRemoved(root) {
  let removed = 0;
  const count = (/** @type {MutationRecord[]} */ records) => {
    for (const { removedNodes } of records) for (const node of removedNodes) removed += size(node);
  };
  const observer = new MutationObserver(count);
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    count(observer.takeRecords());
    return removed;
  };
}

/** @param {Node} node */
function size(node) {
  const walker = document.createTreeWalker(node);
  let nodes = 1;
  while (walker.nextNode()) nodes++;
  return nodes;
}

function countLongTasks() {
  let tasks = 0;
  const count = (/** @type {PerformanceEntryList} */ entries) => {
    tasks += entries.filter(({ duration }) => duration > LONG_TASK_MS).length;
  };
  const observer = new PerformanceObserver(list => count(list.getEntries()));
  observer.observe({ type: 'longtask' });
  return () => {
    count(observer.takeRecords());
    return tasks;
  };
}

/** Selects the last complete paragraph. @param {HTMLElement} root */
function select(root) {
  const paragraph = [...root.querySelectorAll('p')].at(-2);
  if (paragraph) getSelection()?.selectAllChildren(paragraph);
  return getSelection()?.toString() ?? '';
}
