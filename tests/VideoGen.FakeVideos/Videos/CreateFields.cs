using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using VideoGen.FakeVideos.Dialects;

namespace VideoGen.FakeVideos.Videos;

/// <summary>The fields of a create as texts, whatever its form, and the bytes of the file <c>input_reference</c>.</summary>
internal sealed class CreateFields
{
    private const int Limit = 64 * 1024 * 1024;
    private static readonly FormOptions Options = new() { ValueLengthLimit = Limit, MultipartBodyLengthLimit = Limit };
    private static readonly string[] Nested = ["extra_body", "extra_json", "extra_params"];

    private readonly Dictionary<string, string> _texts = [];

    /// <summary>The uploaded file.</summary>
    public byte[]? File { get; private init; }

    /// <summary>The text of a field; an empty one is as good as none.</summary>
    public string? this[string name] => _texts.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    /// <summary>Reads the body. An error of the client is an <see cref="IResult"/> in <c>Refusal</c>.</summary>
    public static async Task<(CreateFields? Fields, IResult? Refusal)> ReadAsync(HttpContext context, DialectShape dialect)
    {
        var request = context.Request;
        try
        {
            if (request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
            {
                return (await FromFormAsync(request), null);
            }

            if (!dialect.TakesJson)
            {
                return (new(), dialect.Invalid("prompt", "Field required"));
            }

            if (request.HasFormContentType && dialect is FastvideoShape)
            {
                return (await FromFormAsync(request), null);
            }

            return await JsonNode.ParseAsync(request.Body, cancellationToken: context.RequestAborted) is JsonObject body
                ? (FromJson(body), null)
                : (null, dialect.Error(400, "Invalid request body: not an object"));
        }
        catch (JsonException exception)
        {
            return (null, dialect.Error(400, $"Invalid request body: {exception.Message}"));
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, dialect.Error(exception.StatusCode, exception.Message));
        }
        catch (InvalidDataException exception)
        {
            return (null, dialect.Error(400, $"There was an error parsing the body: {exception.Message}"));
        }
    }

    private static async Task<CreateFields> FromFormAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(Options, request.HttpContext.RequestAborted);
        byte[]? bytes = null;
        if (form.Files["input_reference"] is { } file)
        {
            await using var stream = file.OpenReadStream();
            bytes = new byte[file.Length];
            await stream.ReadExactlyAsync(bytes, request.HttpContext.RequestAborted);
        }

        var fields = new CreateFields { File = bytes };
        foreach (var (name, value) in form)
        {
            fields._texts[name] = $"{value}";
        }

        fields.Flatten();
        return fields;
    }

    private static CreateFields FromJson(JsonObject body)
    {
        var fields = new CreateFields();
        fields.Add(body);
        fields.Flatten();
        return fields;
    }

    /// <summary>Brings up what is in <c>extra_body</c> and the like: an object, or the text of one.</summary>
    private void Flatten()
    {
        foreach (var name in Nested)
        {
            if (this[name] is { } text && text.StartsWith('{') && JsonNode.Parse(text) is JsonObject inner)
            {
                Add(inner);
            }
        }
    }

    private void Add(JsonObject body)
    {
        foreach (var (name, value) in body)
        {
            if (value is not null)
            {
                _texts[name] = value is JsonValue scalar && scalar.TryGetValue<string>(out var text)
                    ? text
                    : value.ToJsonString();
            }
        }
    }
}
