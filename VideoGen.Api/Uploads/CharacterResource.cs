using System.ComponentModel;

namespace VideoGen.Api.Uploads;

/// <summary>An uploaded picture. Send its URL as characterImageUrl to create a generation.</summary>
internal sealed record CharacterResource(string ImageUrl);

/// <summary>The form of an upload.</summary>
internal sealed record CharacterUpload([property: Description("The picture. By default at most 10 MB.")] IFormFile Character);
