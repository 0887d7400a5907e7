// What a person does with an app, on its way to it.
import * as api from '../api.js';

export const Failed = 'This interaction failed';

/** Sends an interaction and tells how it ended; a refusal or a lost box is a failure as well. */
export async function run(interaction, files) {
  try {
    return await api.interact(interaction, files);
  } catch (refusal) {
    return { outcome: 'failed', message: refusal.code ? refusal.message : Failed };
  }
}
