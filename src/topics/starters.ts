/** A topic that is ready to be followed. */
export interface Starter {
  name: string;
  query: string;
}

/** Common fields of machine learning, at most 25: as many as a select offers. */
export const STARTERS: readonly Starter[] = [
  { name: 'Reasoning', query: '"chain of thought" OR "reasoning model" OR "mathematical reasoning"' },
  { name: 'Agents', query: '"llm agents" OR "language agents" OR "multi-agent" OR "tool use"' },
  { name: 'Retrieval', query: '"retrieval-augmented" OR "dense retrieval" OR reranking' },
  { name: 'Multimodal models', query: '"vision-language" OR "multimodal large language"' },
  { name: 'Image generation', query: '("text-to-image" OR "image generation" OR "image editing") -video' },
  { name: 'Video generation', query: '"video generation" OR "text-to-video" OR "video diffusion"' },
  { name: '3D and scenes', query: '"gaussian splatting" OR "neural radiance" OR "3d reconstruction"' },
  { name: 'Robotics', query: 'robot* OR "embodied agents" OR "vision-language-action"' },
  { name: 'Reinforcement learning', query: '"reinforcement learning" OR "policy optimization"' },
  { name: 'Alignment and safety', query: '"preference optimization" OR rlhf OR jailbreak* OR "red teaming"' },
  { name: 'Interpretability', query: '"mechanistic interpretability" OR "sparse autoencoders" OR probing' },
  { name: 'Small and fast', query: 'quanti* OR pruning OR distillation OR "speculative decoding"' },
  { name: 'Long context', query: '"long context" OR "context length" OR "kv cache"' },
  { name: 'New architectures', query: '"state space models" OR mamba OR "linear attention" OR "mixture of experts"' },
  { name: 'Fine-tuning', query: 'lora OR "parameter-efficient" OR "instruction tuning"' },
  { name: 'Training data', query: '"synthetic data" OR "data selection" OR "data mixture"' },
  { name: 'Benchmarks', query: 'title:benchmark OR title:evaluating OR "evaluation suite"' },
  { name: 'Code', query: '"code generation" OR "software engineering" OR "program synthesis"' },
  { name: 'Speech and audio', query: '"speech recognition" OR "text-to-speech" OR "audio generation" OR music' },
  { name: 'Medicine', query: 'medical OR clinical OR radiology' },
  { name: 'Biology and chemistry', query: 'protein* OR genom* OR molecul*' },
  { name: 'Time series', query: '"time series" OR forecasting' },
  { name: 'Graphs', query: '"graph neural" OR "knowledge graph"' },
  { name: 'Theorem proving', query: '"theorem proving" OR "formal verification" OR "lean 4"' },
];
