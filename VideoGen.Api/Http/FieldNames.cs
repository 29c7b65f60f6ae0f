using System.Text.RegularExpressions;

namespace VideoGen.Api.Http;

/// <summary>What a dialect calls the fields of the native API.</summary>
internal sealed partial class FieldNames(IReadOnlyDictionary<string, string> names)
{
    public string Of(string field) => names.GetValueOrDefault(field, field);

    /// <summary>A sentence about fields, with the names of the dialect.</summary>
    public string In(string sentence) => Name().Replace(sentence, name => Of(name.Value));

    [GeneratedRegex("[A-Za-z]+(?:-[A-Za-z]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
