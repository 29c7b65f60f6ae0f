namespace VideoGen.Api.Http;

/// <summary>What is wrong with a request, by the name of the field.</summary>
internal sealed class FieldErrors
{
    public Dictionary<string, string[]> ByField { get; } = new(StringComparer.Ordinal);

    public bool Any => ByField.Count > 0;

    /// <summary>One sentence per field: clients of the old backend show nothing but this.</summary>
    public string Sentence => string.Join(' ', ByField.Values.SelectMany(sentences => sentences));

    public static FieldErrors Of(string field, string sentence)
    {
        var errors = new FieldErrors();
        errors.Add(field, sentence);
        return errors;
    }

    public void Add(string field, string sentence) => ByField[field] = [sentence];
}
