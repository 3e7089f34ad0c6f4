import '../../frontend/src/styles.css';
import '../../frontend/src/ui/transcript.css';
import { open } from './open.js';
import { stream } from './stream.js';

Object.assign(window, { benchmarks: { open, stream } });
