namespace VideoGen.Silo.Backends.HuggingFace.Providers;

/// <summary>
/// The provider's id for a model, with the weights of an adapter (LoRA) if the mapping has one. It is stored as one string,
/// <c>fal-ai/wan/lora#weights.safetensors</c>, so that a stored plan can be sent without asking the Hub again.
/// </summary>
internal sealed record ProviderModel(string Id, string? AdapterWeights = null)
{
    public static ProviderModel Parse(string text) => text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var at
        ? new ProviderModel(text[..at], text[(at + 1)..])
        : new ProviderModel(text);

    public override string ToString() => AdapterWeights is null ? Id : $"{Id}#{AdapterWeights}";
}
