export { type Actor, createStory } from './story.ts';
