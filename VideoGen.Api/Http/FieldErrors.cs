namespace VideoGen.Api.Http;

/// <summary>The validation errors of a request by field name.</summary>
internal sealed class FieldErrors
{
    public Dictionary<string, string[]> ByField { get; } = new(StringComparer.Ordinal);

    public bool Any => ByField.Count > 0;

    /// <summary>All errors in one text: clients of the old backend show nothing else.</summary>
    public string Sentence => string.Join(' ', ByField.Values.SelectMany(sentences => sentences));

    public static FieldErrors Of(string field, string sentence)
    {
        var errors = new FieldErrors();
        errors.Add(field, sentence);
        return errors;
    }

    public void Add(string field, string sentence) => ByField[field] = [sentence];
}
