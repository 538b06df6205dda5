import { expose } from 'comlink';
import { Captioner } from './captioner.ts';

expose(new Captioner());
