using System.ComponentModel;

namespace VideoGen.Api.Uploads;

/// <summary>An uploaded character: the address to order films with.</summary>
internal sealed record CharacterResource(string ImageUrl);

/// <summary>The form of an upload.</summary>
internal sealed record CharacterUpload([property: Description("The picture, 10 MB at most by default.")] IFormFile Character);
