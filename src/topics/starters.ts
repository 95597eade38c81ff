/** A topic ready to be followed. */
export interface Starter {
  /** Two starters never have the same; also how it is named in `custom_id`s. */
  key: string;
  name: string;
  /** For whom, in a few words. */
  about: string;
  query: string;
}

/** Topics for common fields. Each query is a fair example of the query language, and narrow enough to be read. */
export const STARTERS: readonly Starter[] = [
  {
    key: 'agents',
    name: 'Language model agents',
    about: 'models that plan, use tools and act on their own',
    query: '("LLM agents" OR "language agents" OR "autonomous agents" OR "tool use" OR "function calling") -driving',
  },
  {
    key: 'reasoning',
    name: 'Reasoning',
    about: 'chains of thought, mathematics and proofs with language models',
    query: '"chain-of-thought" OR "mathematical reasoning" OR "reasoning models" OR "theorem proving"',
  },
  {
    key: 'rag',
    name: 'Retrieval-augmented generation',
    about: 'answers grounded in documents that are looked up',
    query: '"retrieval-augmented" OR "retrieval augmented generation" OR GraphRAG',
  },
  {
    key: 'alignment',
    name: 'Alignment and preferences',
    about: 'learning what people want: RLHF, DPO, reward models',
    query: 'RLHF OR "human feedback" OR "preference optimization" OR "reward models" OR "preference alignment"',
  },
  {
    key: 'safety',
    name: 'Safety and red teaming',
    about: 'jailbreaks, harmful outputs, and what helps against them',
    query: 'jailbreak OR "red teaming" OR "prompt injection" OR "AI safety" OR (guardrails "language models")',
  },
  {
    key: 'interpretability',
    name: 'Interpretability',
    about: 'what goes on inside of networks',
    query:
      '"mechanistic interpretability" OR "sparse autoencoders" OR (interpretability (transformer OR "language models"))',
  },
  {
    key: 'hallucination',
    name: 'Hallucination and factuality',
    about: 'when models make things up, and how to notice',
    query: '(hallucination OR factuality OR "fact verification") "language models"',
  },
  {
    key: 'long-context',
    name: 'Long context',
    about: 'reading hundreds of thousands of words at once',
    query: '"long context" OR "long-context" OR "context window" OR "length extrapolation"',
  },
  {
    key: 'efficiency',
    name: 'Small and fast models',
    about: 'quantisation, pruning, distillation and fast inference',
    query:
      '(quantization OR pruning OR "knowledge distillation" OR "speculative decoding" OR "KV cache") "language models"',
  },
  {
    key: 'fine-tuning',
    name: 'Parameter-efficient fine-tuning',
    about: 'adapting large models by training little: LoRA, adapters, prompts',
    query: 'LoRA OR "low-rank adaptation" OR "parameter-efficient" OR "prompt tuning"',
  },
  {
    key: 'code',
    name: 'Code generation',
    about: 'models that write, repair and understand programs',
    query:
      '"code generation" OR "program synthesis" OR "program repair" OR "code models" OR "software engineering agents"',
  },
  {
    key: 'diffusion',
    name: 'Image generation',
    about: 'text to image, diffusion models and editing',
    query: '"text-to-image" OR "image generation" OR "image editing" OR (title:diffusion image)',
  },
  {
    key: 'video',
    name: 'Video generation and understanding',
    about: 'making videos and making sense of them',
    query: '"video generation" OR "text-to-video" OR "video understanding" OR "video diffusion"',
  },
  {
    key: 'vision-language',
    name: 'Vision and language',
    about: 'models that see and talk: captions, questions about images, documents',
    query: '"vision-language" OR "multimodal large language" OR "visual question answering"',
  },
  {
    key: '3d',
    name: '3D scenes',
    about: 'Gaussian splatting, radiance fields, reconstruction',
    query: '"gaussian splatting" OR NeRF OR "radiance fields" OR "3D reconstruction" OR "novel view synthesis"',
  },
  {
    key: 'speech',
    name: 'Speech and audio',
    about: 'recognition, synthesis, music',
    query:
      '"speech recognition" OR "text-to-speech" OR "speech synthesis" OR "music generation" OR "speech language models"',
  },
  {
    key: 'robots',
    name: 'Robot learning',
    about: 'manipulation, locomotion and policies that see',
    query:
      '"robot learning" OR "robotic manipulation" OR "robot manipulation" OR "vision-language-action" OR locomotion',
  },
  {
    key: 'rl',
    name: 'Reinforcement learning',
    about: 'agents that learn by trying, without language models',
    query: '"reinforcement learning" -"language models" -LLM -RLHF',
  },
  {
    key: 'graphs',
    name: 'Graph learning',
    about: 'graph neural networks and knowledge graphs',
    query: '"graph neural networks" OR "knowledge graphs" OR "graph transformers"',
  },
  {
    key: 'biology',
    name: 'Machine learning for biology and chemistry',
    about: 'proteins, molecules, drugs and genomes',
    query:
      '"protein language" OR "protein design" OR "protein structure" OR "drug discovery" OR "molecule generation" OR genomics',
  },
  {
    key: 'medicine',
    name: 'Machine learning for medicine',
    about: 'images, records and questions of clinics',
    query:
      '"medical imaging" OR "medical image" OR "clinical notes" OR "electronic health records" OR (radiology report)',
  },
  {
    key: 'time-series',
    name: 'Time series',
    about: 'forecasting and anomalies',
    query: '"time series" (forecasting OR anomaly OR "foundation models")',
  },
  {
    key: 'with-code',
    name: 'Language models with code',
    about: 'papers on language models that name their code',
    query: 'title:"language models" has:code',
  },
];
